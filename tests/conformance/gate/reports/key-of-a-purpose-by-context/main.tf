resource "aws_kms_key_policy" "p" {
  key_id = "k"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : {
          "Service" : "events.amazonaws.com"
        },
        "Action" : "kms:Decrypt",
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "kms:EncryptionContext:purpose" : "prices"
          }
        }
      }
    ]
  })
}
