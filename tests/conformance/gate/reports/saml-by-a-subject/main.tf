resource "aws_iam_role" "r" {
  name = "role-feed-dev"
  assume_role_policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : {
          "Federated" : "arn:aws:iam::111122223333:saml-provider/idp"
        },
        "Action" : "sts:AssumeRoleWithSAML",
        "Condition" : {
          "StringEquals" : {
            "SAML:sub" : "_cbb88bf52c2510eabe00c1642d4643f41430fe25e3",
            "SAML:sub_type" : "persistent"
          }
        }
      }
    ]
  })
}
