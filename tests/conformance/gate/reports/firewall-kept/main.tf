resource "aws_networkfirewall_firewall" "edge" {
  name                = "edge"
  firewall_policy_arn = "arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/edge"
  vpc_id              = "vpc-0123456789abcdef0"
  delete_protection   = true
  subnet_mapping {
    subnet_id = "subnet-0123456789abcdef0"
  }
}
