"""Titles and order numbers are put into their search indexes at once, as vendors' names are (vendors.0009)."""

from importlib import import_module

from django.db import migrations

at_once = import_module("planning.vendors.migrations.0009_searched_at_once").at_once


class Migration(migrations.Migration):
    dependencies = [("purchases", "0015_said_once"), ("vendors", "0009_searched_at_once")]
    operations = [at_once("purchases_purchase_title_like"), at_once("purchases_purchase_order_like")]
