"""How the English write dates and figures (British: the office lies in Europe). The names: nl/formats.py."""

DATE_FORMAT = "j F Y"  # 2 March 2026
DATETIME_FORMAT = "j F Y H:i"
MEDIUM_DATE_FORMAT = "j M Y"  # 2 Mar 2026
MEDIUM_DATETIME_FORMAT = "j M Y H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
MONTH_DAY_TIME_FORMAT = "j F H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_FORMAT = "F"
SHORT_MONTH_FORMAT = "M"
WEEKDAY_FORMAT = "D j M"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
MONEY_FORMAT = "{sign}€{amount}"
CSV_DELIMITER = ","
NUMBER_GROUPING = 0
