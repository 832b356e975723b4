# SonarSource/SonarJS#2518: the address of a schema is its name.
resource "aws_schemas_schema" "trade" {
  name          = "trade"
  registry_name = "registry"
  type          = "JSONSchemaDraft4"
  content       = jsonencode({ "$schema" = "http://json-schema.org/draft-04/schema#", type = "object" })
}

# Amazon S3 User Guide, "Access control list (ACL) overview": a group is named by a URI.
resource "aws_s3_bucket_acl" "logs" {
  bucket = "logs"
  access_control_policy {
    owner {
      id = "owner"
    }
    grant {
      permission = "WRITE"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }
  }
}

# IAM User Guide, "Enabling SAML 2.0 federated users to access the AWS Management Console".
resource "aws_iam_role" "staff" {
  name = "staff"
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithSAML"
      Principal = { Federated = aws_iam_saml_provider.staff.arn }
      Condition = { StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }
    }]
  })
}

resource "aws_iam_saml_provider" "staff" {
  name                   = "staff"
  saml_metadata_document = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"
}

resource "aws_sns_topic" "year" {
  name              = "year"
  delivery_policy   = jsonencode({ http = { defaultHealthyRetryPolicy = { maxDelayTarget = 20 } } })
  signature_version = 2
}
