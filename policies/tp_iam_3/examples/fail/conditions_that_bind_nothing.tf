# cloud-custodian#2392 and checkov#1582 (ForAllValues), the IAM user guide on ...IfExists and multivalued keys, Datadog's
# survey of OIDC roles, prowler#12845, and the S3 user guide on what is public.
resource "aws_ecr_repository_policy" "for_all_values" {
  repository = "images"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # expect: fail
      Action    = "ecr:BatchGetImage"
      Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "anywhere" {
  bucket = "bucket-anywhere"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*" # expect: fail
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::bucket-anywhere/*"
        Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/1", "128.0.0.0/1"] } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" } # expect: fail
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::bucket-anywhere/*"
        Condition = { StringLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/reader" } }
      },
      {
        Effect    = "Allow"
        Principal = "*" # expect: fail
        Action    = "s3:PutObject"
        Resource  = "arn:aws:s3:::bucket-anywhere/*"
        Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } }
      },
    ]
  })
}

resource "aws_kms_key" "via" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # expect: fail
      Action    = "kms:Decrypt"
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "sqs.us-east-1.amazonaws.com" } }
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
        Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" } # expect: fail
        Condition = { StringEquals = { "gitlab.com:aud" = "https://gitlab.com" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" } # expect: fail
        Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:octo*" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithSAML"
        Principal = { Federated = "arn:aws:iam::111122223333:saml-provider/idp" } # expect: fail
      },
    ]
  })
}

resource "aws_lambda_permission" "url" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = "orders"
  principal              = "*" # expect: fail
  function_url_auth_type = "NONE"
}

resource "aws_cloudwatch_event_permission" "anyone" {
  principal    = "*" # expect: fail
  statement_id = "anyone"
}

resource "aws_lambda_function_url" "open" {
  function_name      = "orders"
  authorization_type = "NONE" # expect: fail
}
