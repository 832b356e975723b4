# What AWS names only by what it lies below: requests to one search domain, objects behind one access point, and the
# methods of the API that a policy is attached to (OpenSearch Service, S3 and API Gateway guides).
resource "aws_opensearch_domain_policy" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/reader" }
      Action    = ["es:ESHttpGet", "es:ESHttpHead"]
      Resource  = "arn:aws:es:us-east-1:111122223333:domain/logs/*"
    }]
  })
}

resource "aws_s3control_access_point_policy" "feeds" {
  access_point_arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/feeds"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/reader" }
      Action    = "s3:GetObject"
      Resource = [
        "arn:aws:s3:us-east-1:111122223333:accesspoint/feeds/object/*",
        "arn:aws:s3:us-east-1:111122223333:accesspoint/feeds/object/2026/*",
      ]
    }]
  })
}

resource "aws_api_gateway_rest_api" "prices" {
  name = "prices"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/reader" }
      Action    = "execute-api:Invoke"
      Resource  = ["execute-api:/*", "execute-api:/*/GET/*"]
    }]
  })
}
