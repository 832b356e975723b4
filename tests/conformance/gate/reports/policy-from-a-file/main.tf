resource "aws_iam_user_policy" "desk" {
  name   = "desk"
  user   = "robot"
  policy = file("desk.json")
}
