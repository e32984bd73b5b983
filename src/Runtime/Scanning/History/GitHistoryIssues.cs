using System.Globalization;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.History;

/// <summary>What of a history was not looked at. A broken repository has thousands of such places; the first of each kind are named and the rest is counted.</summary>
internal sealed class GitHistoryIssues(string repository)
{
    private const int MaxNamed = 20;

    private readonly SortedDictionary<ScanIssueKind, SortedSet<string>> _messages = [];
    private readonly Dictionary<ScanIssueKind, int> _dropped = [];
    private readonly Lock _gate = new();

    public void Add(ScanIssueKind kind, string message)
    {
        lock (_gate)
        {
            if (!_messages.TryGetValue(kind, out SortedSet<string>? messages))
                _messages.Add(kind, messages = new SortedSet<string>(StringComparer.Ordinal));
            if (!messages.Add(message) || messages.Count <= MaxNamed)
                return;
            // The smallest stay, so that the choice does not depend on threads.
            messages.Remove(messages.Max!);
            _dropped[kind] = _dropped.GetValueOrDefault(kind) + 1;
        }
    }

    public IReadOnlyList<ScanIssue> All()
    {
        lock (_gate)
        {
            var location = new FindingLocation(repository);
            var issues = new List<ScanIssue>();
            foreach ((ScanIssueKind kind, SortedSet<string> messages) in _messages)
            {
                issues.AddRange(messages.Select(message => new ScanIssue(kind, message, location)));
                if (_dropped.TryGetValue(kind, out int more))
                    issues.Add(new ScanIssue(kind, string.Create(CultureInfo.InvariantCulture, $"{more} more of this kind."), location));
            }

            return issues;
        }
    }
}
