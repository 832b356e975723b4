variable "buckets" {
  type    = list(string)
  default = ["a", "*"]
}

resource "aws_iam_policy" "a" {
  name   = "a"
  policy = <<-EOF
    {"Version": "2012-10-17", "Statement": [
    %{ for i, b in var.buckets ~}
      {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${b}/x"}%{ if i < length(var.buckets) - 1 },%{ endif }
    %{ endfor ~}
    ]}
  EOF
}
