resource "aws_oam_sink_policy" "it" {
  sink_identifier = "arn:aws:oam:eu-west-1:111122223333:sink/a"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "oam:CreateLink", Resource = "*" }]
  })
}
