resource "aws_cloudwatch_event_rule" "all" {
  name = "all"
  event_pattern = jsonencode({
    source      = "marketdata"            # expect: fail
    account     = []                      # expect: fail
    region      = [["x"]]                 # expect: fail
    detailtype  = ["Trade"]               # expect: fail
    detail-type = [{ starts-with = "T" }] # expect: fail
    "$or"       = [{ source = ["a"] }]    # expect: fail
    detail = {
      empty  = {}                                          # expect: fail
      price  = [{ numeric = ["<", 5, ">", 1] }]            # expect: fail
      size   = [{ numeric = [">", "1"] }]                  # expect: fail
      range  = [{ numeric = [">", 5, "<", 5] }]            # expect: fail
      ip     = [{ cidr = "10.0.0.0/99" }]                  # expect: fail
      there  = [{ exists = "yes" }]                        # expect: fail
      both   = [{ prefix = "a", suffix = "b" }]            # expect: fail
      stars  = [{ wildcard = "a**b" }]                     # expect: fail
      mixed  = [{ anything-but = ["a", 1] }]               # expect: fail
      nested = [{ anything-but = { numeric = ["=", 1] } }] # expect: fail
    }
  })
}

resource "aws_cloudwatch_event_target" "all" {
  rule = aws_cloudwatch_event_rule.all.name
  arn  = "arn:aws:lambda:us-east-1:123456789012:function:x"
}
