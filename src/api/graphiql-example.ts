/** What the query editor holds when it is opened for the first time. */
export const EXAMPLE_QUERY = `# Who can read objects of a bucket? Press the play button.
query WhoCanReach {
  whoCanReach(
    target: "arn:aws:s3:::some-bucket/some-key"
    actions: ["s3:GetObject"]
    first: 20
  ) {
    totalCount
    nodes {
      principal { kind name id }
      certainty
      via
      conditions
      evidence { relation text }
    }
    caveats { message }
  }
}
`
