resource "aws_networkfirewall_resource_policy" "it" {
  resource_arn = "arn:aws:network-firewall:eu-west-1:111122223333:stateful-rulegroup/a"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "network-firewall:ListRuleGroups", Resource = "*" }]
  })
}
