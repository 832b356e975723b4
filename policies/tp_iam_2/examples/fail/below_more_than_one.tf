# The same forms, wider than one domain, access point or API.
resource "aws_iam_policy" "reader" {
  name = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "es:ESHttpGet"
        Resource = "arn:aws:es:us-east-1:111122223333:domain/*" # expect: fail
      },
      {
        Effect   = "Allow"
        Action   = "es:DescribeDomain"
        Resource = "arn:aws:es:us-east-1:111122223333:domain/logs/*" # expect: fail
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:us-east-1:111122223333:accesspoint/*" # expect: fail
      },
      {
        Effect   = "Allow"
        Action   = "execute-api:Invoke"
        Resource = "execute-api:/*" # expect: fail
      },
    ]
  })
}
