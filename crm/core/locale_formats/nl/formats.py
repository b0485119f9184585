"""How the Dutch write dates and figures, where it differs from what Django thinks.

The names with MEDIUM, MOMENT and the like are ours: `{{ day|date:"MEDIUM_DATE_FORMAT" }}`. Every language has them all.
"""

DATE_FORMAT = "j F Y"  # 2 maart 2026
DATETIME_FORMAT = "j F Y H:i"
MEDIUM_DATE_FORMAT = "j b Y"  # 2 mrt 2026
MEDIUM_DATETIME_FORMAT = "j b Y H:i"
SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
MONTH_DAY_TIME_FORMAT = "j F H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_FORMAT = "F"
SHORT_MONTH_FORMAT = "M"
WEEKDAY_FORMAT = "D j b"
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]  # the first is how files for a spreadsheet write it

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
MONEY_FORMAT = "€ {sign}{amount}"
CSV_DELIMITER = ";"
# None by itself: a year or the id of a row written in a template must stay as it is. The filters of
# templatetags/formats.py group, and with USE_THOUSAND_SEPARATOR forms still read 1.250 as twelve hundred and fifty.
NUMBER_GROUPING = 0
