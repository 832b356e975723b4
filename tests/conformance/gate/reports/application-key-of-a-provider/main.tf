provider "datadog" {
  api_url = "https://api.datadoghq.eu"
  app_key = "c1c93016f1c4261e5351d30b49895d1a0d1f13dc"
}
