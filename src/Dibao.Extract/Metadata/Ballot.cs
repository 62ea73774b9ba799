namespace Dibao.Extract.Metadata;

/// <summary>A question that was decided by <see cref="Choice"/>: its answers, and the facts of none and then of each.</summary>
internal sealed record Ballot(string Question, IReadOnlyList<string> Answers, IReadOnlyList<double[]> Facts);
