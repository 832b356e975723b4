# The provider hides the value; an output that is not sensitive prints it.
resource "aws_iam_access_key" "feed" {
  user = "feed"
}

output "key" { # expect: fail
  value = aws_iam_access_key.feed.secret
}
