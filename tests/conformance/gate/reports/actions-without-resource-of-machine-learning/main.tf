data "aws_iam_policy_document" "d" {
  statement {
    sid       = "Analyse"
    actions   = ["textract:DetectDocumentText", "rekognition:DetectLabels", "comprehend:DetectSentiment", "xray:PutTraceSegments", "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
