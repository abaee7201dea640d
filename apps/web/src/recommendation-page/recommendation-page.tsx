/** One recommendation: what it says, where it comes from, what became of it. */
export function RecommendationPage() {
  return <h2>Recommendation</h2>;
}
