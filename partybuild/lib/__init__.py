"""What every floor may use and what names no app: clock, periods, files, Excel, official documents, htmx."""
