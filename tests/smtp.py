"""A real mail server on the loopback, as slow and as unwilling as a test wants it."""

import asyncio
import threading
from collections import Counter
from email import message_from_bytes, policy


class SmtpServer:
    """`answer(address, times)` → a reply to RCPT for the nth try, or "" to accept, or "hang up".

    `delay` seconds pass before each mail is accepted. `mails` are those that were, `addresses` whom they were for,
    `tries` counts RCPTs an address.
    """

    def __init__(self, answer=lambda address, times: "", delay=0.0, drop_after_text=False):
        self.answer, self.delay, self.drop_after_text = answer, delay, drop_after_text
        self.texts, self.addresses, self.tries = [], [], Counter()
        self.connections, self.most_connections = 0, 0

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        start = asyncio.start_server(self._talk, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result(10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_error):
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _stop(self):
        self._server.close()
        self._server.close_clients()

    @property
    def mails(self):
        return [message_from_bytes(text, policy=policy.default) for text in self.texts]

    async def _talk(self, reader, writer):
        self.connections += 1
        self.most_connections = max(self.most_connections, self.connections)
        told = {"to": ""}
        try:
            await self._say(writer, "220 ready")
            while (line := await reader.readline()) and await self._obey(line.decode().strip(), told, reader, writer):
                pass
        except ConnectionError:
            pass
        finally:
            self.connections -= 1
            writer.close()

    async def _obey(self, line, told, reader, writer):
        match line.upper().split(":")[0].split()[0] if line else "":
            case "DATA":
                return await self._take(told["to"], reader, writer)
            case "RCPT":
                address = told["to"] = line.split("<")[1].split(">")[0]
                self.tries[address] += 1
                reply = self.answer(address, self.tries[address])
                if reply == "hang up":
                    return False
                await self._say(writer, reply or "250 ok")
            case "QUIT":
                await self._say(writer, "221 bye")
                return False
            case _:
                await self._say(writer, "250 ok")
        return True

    async def _take(self, address, reader, writer):
        await self._say(writer, "354 go on")
        text = await reader.readuntil(b"\r\n.\r\n")
        await asyncio.sleep(self.delay)
        self.texts.append(text[:-3])
        self.addresses.append(address)
        if self.drop_after_text:
            return False
        await self._say(writer, "250 accepted")
        return True

    async def _say(self, writer, text):
        writer.write(f"{text}\r\n".encode())
        await writer.drain()


def mailers(port):
    """settings.MAILERS for it."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 60}
    return {"default": {"BACKEND": "portals.mailing.transport.SmtpMailer", "OPTIONS": options}}
