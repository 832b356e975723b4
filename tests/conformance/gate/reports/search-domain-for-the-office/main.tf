resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:ESHttpGet"
      Resource  = "arn:aws:es:us-east-1:111122223333:domain/logs/*"
      Condition = { IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] } }
    }]
  })
}
