curl -s "$SITE/data/monozukuri/r3s/13.json" |
  jq -r '.schedule[] | select(.name == "applications_close") | .at, .citation.source'
