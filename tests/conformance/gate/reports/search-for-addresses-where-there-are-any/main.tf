resource "aws_opensearch_domain" "x" {
  domain_name = "feeds"
  access_policies = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "es:ESHttpGet", Resource = "arn:aws:es:us-east-1:111122223333:domain/feeds/*", Condition = { IpAddressIfExists = { "aws:SourceIp" = ["203.0.113.0/24"] } } },
    ]
  })
}
