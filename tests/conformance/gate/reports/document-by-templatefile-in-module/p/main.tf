variable "buckets" {
  type = list(string)
}

resource "aws_iam_policy" "this" {
  policy = templatefile("${path.module}/p.tftpl", { buckets = var.buckets })
}
