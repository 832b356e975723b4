resource "aws_kms_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = ["kms:Encrypt", "kms:GenerateDataKey*"], Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = ["111122223333"] }, ArnLike = { "aws:SourceArn" = ["arn:aws:logs:eu-west-1:111122223333:*"] } } }] })
}
