# What scanners took for public: prowler#5386 (a VPC endpoint), prowler#2565 and #3212 (SourceArn of a topic and a
# bucket), cloudsploit#641 (an organisation), SNS's default policy (SourceOwner), cloudfox#118 (ForAllValues on a claim
# that each token has), checkov#5423 (every branch of one repository), ALB access logs from AWS's own account.
variable "account" {
  type    = string
  default = "111122223333"
}

resource "aws_s3_bucket_policy" "endpoint" {
  bucket = "bucket-endpoint"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::bucket-endpoint/*"
        Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1a2b3c4d" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::127311923021:root" }
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::bucket-endpoint/alb/*"
      },
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::bucket-endpoint/office/*"
        Condition = { IpAddress = { "aws:SourceIp" = ["203.0.113.0/24", "2001:db8::/48"] } }
      },
    ]
  })
}

resource "aws_sqs_queue_policy" "fan_out" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/queue-fan-out"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:sns:us-east-1:${var.account}:topic-prices" } }
    }]
  })
}

resource "aws_sns_topic_policy" "default" {
  arn = "arn:aws:sns:us-east-1:111122223333:topic-prices"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:us-east-1:111122223333:topic-prices"
      Condition = { StringEquals = { "AWS:SourceOwner" = var.account } }
    }]
  })
}

resource "aws_ecr_repository_policy" "organisation" {
  repository = "images"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "ecr:BatchGetImage"
      Condition = {
        "ForAnyValue:StringLike"      = { "aws:PrincipalOrgPaths" = "o-a1b2c3d4e5/r-ab12/*" }
        "StringEqualsIfExists"        = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
        "ForAllValues:StringNotEqual" = { "aws:TagKeys" = "x" }
      }
    }]
  })
}

resource "aws_iam_role" "deploy" {
  name = "role-deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "arn:aws:iam::${var.account}:oidc-provider/token.actions.githubusercontent.com" }
        Condition = {
          "ForAllValues:StringLike" = { "token.actions.githubusercontent.com:sub" = "repo:octo-org/octo-repo:*" }
        }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithSAML"
        Principal = { Federated = "arn:aws:iam::${var.account}:saml-provider/idp" }
        Condition = { StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "cognito-identity.amazonaws.com" }
        Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = "us-east-1:1a2b3c4d" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Condition = { StringEquals = { "sts:ExternalId" = "tape" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::444455556666:role/reader" }
      },
    ]
  })
}

resource "aws_apigatewayv2_api" "orders" {
  name          = "api-orders"
  protocol_type = "HTTP"
}

resource "aws_lambda_permission" "http" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.orders.execution_arn}/*/*/orders"
}

resource "aws_lambda_permission" "bucket" {
  action         = "lambda:InvokeFunction"
  function_name  = "orders"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::*"
  source_account = var.account
}

resource "aws_lambda_function_url" "signed" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}
