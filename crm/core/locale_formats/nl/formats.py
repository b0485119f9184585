"""How the Dutch write dates and figures, where it differs from what Django thinks."""

DATE_FORMAT = "j F Y"  # 2 maart 2026
SHORT_DATE_FORMAT = "d-m-Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "d-m-Y H:i"
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
# None by itself: a year or the id of a row written in a template must stay as it is. The filters of
# templatetags/formats.py group, and with USE_THOUSAND_SEPARATOR forms still read 1.250 as twelve hundred and fifty.
NUMBER_GROUPING = 0
