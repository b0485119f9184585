"""How the Swedes write dates and figures. The names: nl/formats.py."""

DATE_FORMAT = "j F Y"  # 2 mars 2026
DATETIME_FORMAT = "j F Y H:i"
MEDIUM_DATE_FORMAT = "j b Y"  # 2 mar 2026
MEDIUM_DATETIME_FORMAT = "j b Y H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
MONTH_DAY_TIME_FORMAT = "j F H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_FORMAT = "F"
SHORT_MONTH_FORMAT = "M"
WEEKDAY_FORMAT = "D j b"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"  # a space that no line breaks at
MONEY_FORMAT = "{sign}{amount}\xa0€"
CSV_DELIMITER = ";"
NUMBER_GROUPING = 0
