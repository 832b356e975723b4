resource "aws_msk_cluster_policy" "it" {
  cluster_arn = "arn:aws:kafka:eu-west-1:111122223333:cluster/a/b"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "kafka:CreateVpcConnection", Resource = "*" }]
  })
}
