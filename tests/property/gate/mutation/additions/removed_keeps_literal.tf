# removed keeps | literal | TP_DST_2 | +5
removed {
  from = aws_sqs_queue.gone

  lifecycle {
    destroy = false
  }
}
