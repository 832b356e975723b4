locals {
  fn = "arn:aws:lambda:us-east-1:111122223333:function:stack-Fn-F9mByRvg3H2VhKVx"
}
