from django import template

from crm.accounts import roles

register = template.Library()
register.filter("role_title", roles.title)
