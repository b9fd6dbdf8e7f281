curl -s "$SITE/data/monozukuri/r3s/13/digital.json" |
  jq -c '.award.upper_limit.tiers[] | [.start, .end, .amount_yen]'
