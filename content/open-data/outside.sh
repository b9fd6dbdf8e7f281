python3 -c '
import csv, io, os, urllib.request

with urllib.request.urlopen(os.environ["SITE"] + "/data/schedule.csv") as answer:
    table = io.TextIOWrapper(answer, encoding="utf-8", newline="")
    for row in csv.DictReader(table):
        if row["moment"] == "applications_close" and row["rule_set"] == "monozukuri/r3s":
            print(row["round"], row["at"] or row["on"] or "-", row["status"])
'
