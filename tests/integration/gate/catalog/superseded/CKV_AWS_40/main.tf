variable "users" {
  type    = list(string)
  default = []
}
resource "aws_iam_user_policy" "a" {
  user   = "u"
  policy = "{}"
}
resource "aws_iam_user_policy_attachment" "a" {
  user       = "u"
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_policy_attachment" "users" {
  name       = "x"
  users      = ["u"]
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_policy_attachment" "empty" {
  name       = "x"
  users      = []
  roles      = ["r"]
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_policy_attachment" "by_default" {
  name       = "x"
  users      = var.users
  roles      = ["r"]
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_policy_attachment" "null" {
  name       = "x"
  users      = null
  roles      = ["r"]
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_user" "u" { name = "u" }
resource "aws_iam_policy_attachment" "reference" {
  name       = "x"
  users      = [aws_iam_user.u.name]
  roles      = ["r"]
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_user_policy_attachment" "each" {
  for_each   = toset(["a", "b"])
  user       = each.key
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
resource "aws_iam_policy_attachment" "compact" {
  name       = "x"
  users      = compact(["", "u"])
  policy_arn = "arn:aws:iam::111122223333:policy/p"
}
