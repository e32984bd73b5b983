using System.Text;
using SecurityToolchain.Scanning.Budgets;

namespace SecurityToolchain.Scanning.History;

/// <summary>
/// Walks a history from its first commits on. Every tree and every blob is visited once, so a blob is named by the first commit that has
/// it, and the work grows with the objects of the repository, not with commits times files.
/// </summary>
internal sealed class GitHistoryWalk(GitObjectStore store, ScanLimits limits, HashSet<GitObjectId> shallow, Action<ScanIssueKind, string> onIssue, CancellationToken cancellation)
{
    private const int MaxMetadataLength = 32 << 20;

    private const int TreeMode = 0x4000, FileMode = 0x8000, ModeMask = 0xF000;

    private readonly HashSet<GitObjectId> _seen = [];
    private readonly Dictionary<GitObjectId, int> _indexes = [];
    private readonly List<GitHistoryItem> _items = [];
    private bool _full;

    /// <summary>The commits; parents stand before their children.</summary>
    public List<GitCommit> Commits { get; private set; } = [];

    /// <summary>Objects that the repository does not have.</summary>
    public int MissingObjects { get; private set; }

    /// <summary>Finds what there is to look at, in the order of commits.</summary>
    public IReadOnlyList<GitHistoryItem> Run(IReadOnlyList<GitObjectId> starts)
    {
        var others = new List<(GitObjectId Id, GitObjectKind Kind)>();
        CollectCommits(starts, others);
        Sort();
        for (int i = 0; i < Commits.Count && !_full; i++)
        {
            _items.Add(new GitHistoryItem(Commits[i].Id, null, i));
            VisitTree(Commits[i].Tree, i);
        }

        // References may name trees and blobs without any commit.
        foreach ((GitObjectId id, GitObjectKind kind) in others)
        {
            if (kind == GitObjectKind.Tree)
                VisitTree(id, -1);
            else if (CountNew(id))
                _items.Add(new GitHistoryItem(id, id.ToString(), -1));
        }

        return _items;
    }

    private void CollectCommits(IReadOnlyList<GitObjectId> starts, List<(GitObjectId Id, GitObjectKind Kind)> others)
    {
        var pending = new Stack<GitObjectId>(starts.Reverse());
        while (pending.TryPop(out GitObjectId id) && !_full)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_seen.Contains(id) || !TryRead(id, out GitObject found))
                continue;
            switch (found.Kind)
            {
                case GitObjectKind.Commit when CountNew(id):
                    AddCommit(id, found.Content, pending);
                    break;
                case GitObjectKind.Tag when CountNew(id):
                    if (found.Content.AsSpan().StartsWith("object "u8) && found.Content.Length > 7 + (2 * id.Length) && GitObjectId.TryParse(found.Content.AsSpan(7, 2 * id.Length), id.Length, out GitObjectId target))
                        pending.Push(target);
                    break;
                case GitObjectKind.Tree or GitObjectKind.Blob:
                    others.Add((id, found.Kind));
                    break;
            }
        }
    }

    private void AddCommit(GitObjectId id, byte[] content, Stack<GitObjectId> pending)
    {
        try
        {
            GitCommit commit = GitCommit.Parse(id, content);
            if (shallow.Contains(id))
                commit = commit with { Parents = [] };
            _indexes.Add(id, Commits.Count);
            Commits.Add(commit);
            foreach (GitObjectId parent in commit.Parents)
                pending.Push(parent);
        }
        catch (GitFormatException exception)
        {
            onIssue(exception.Kind, exception.Message);
        }
    }

    // Parents first; among commits that could come next, the older one, then the smaller name, so that the order depends on the history alone.
    private void Sort()
    {
        int[] open = new int[Commits.Count];
        var children = new List<int>?[Commits.Count];
        for (int i = 0; i < Commits.Count; i++)
        {
            foreach (GitObjectId parent in Commits[i].Parents.Distinct())
            {
                if (!_indexes.TryGetValue(parent, out int index) || index == i)
                    continue;
                (children[index] ??= []).Add(i);
                open[i]++;
            }
        }

        var ready = new PriorityQueue<int, (long Seconds, GitObjectId Id)>();
        for (int i = 0; i < open.Length; i++)
        {
            if (open[i] == 0)
                ready.Enqueue(i, (Commits[i].Seconds, Commits[i].Id));
        }

        var sorted = new List<GitCommit>(Commits.Count);
        while (ready.TryDequeue(out int next, out _))
        {
            sorted.Add(Commits[next]);
            foreach (int child in children[next] ?? [])
            {
                if (--open[child] == 0)
                    ready.Enqueue(child, (Commits[child].Seconds, Commits[child].Id));
            }
        }

        // Names that are no digests of their content can make a circle; its commits come last.
        if (sorted.Count < Commits.Count)
            sorted.AddRange(Enumerable.Range(0, open.Length).Where(i => open[i] > 0).Select(i => Commits[i]).OrderBy(static c => c.Id));
        Commits = sorted;
    }

    private void VisitTree(GitObjectId root, int commit)
    {
        var pending = new Stack<(GitObjectId Id, string Path)>();
        pending.Push((root, ""));
        var folders = new List<(GitObjectId Id, string Path)>();
        while (pending.TryPop(out (GitObjectId Id, string Path) tree) && !_full)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!CountNew(tree.Id) || !TryRead(tree.Id, out GitObject found))
                continue;
            if (found.Kind != GitObjectKind.Tree)
            {
                onIssue(ScanIssueKind.Malformed, $"The object {tree.Id} stands for a directory and is none.");
                continue;
            }

            folders.Clear();
            ReadTree(found.Content, tree.Id, tree.Path, commit, folders);
            for (int i = folders.Count - 1; i >= 0; i--)
                pending.Push(folders[i]);
        }
    }

    // Entries are "mode name NUL id". Links and submodules hold no content of their own.
    private void ReadTree(ReadOnlySpan<byte> rest, GitObjectId id, string path, int commit, List<(GitObjectId Id, string Path)> folders)
    {
        while (!rest.IsEmpty)
        {
            int blank = rest.IndexOf((byte)' '), end = rest.IndexOf((byte)0);
            if (blank is < 0 or > 8 || end < blank || rest.Length - end - 1 < id.Length)
            {
                onIssue(ScanIssueKind.Malformed, $"The tree {id} is malformed.");
                return;
            }

            int mode = 0;
            foreach (byte digit in rest[..blank])
                mode = (mode << 3) | (digit & 7);
            string name = Encoding.UTF8.GetString(rest[(blank + 1)..end]);
            var entry = new GitObjectId(rest.Slice(end + 1, id.Length));
            rest = rest[(end + 1 + id.Length)..];
            string full = path.Length == 0 ? name : path + "/" + name;
            if (full.Length > limits.MaxPathLength)
                onIssue(ScanIssueKind.Limit, $"A path in the tree {id} is longer than the limit {nameof(ScanLimits.MaxPathLength)} = {limits.MaxPathLength}.");
            else if ((mode & ModeMask) == TreeMode)
                folders.Add((entry, full));
            else if ((mode & ModeMask) == FileMode && CountNew(entry))
                _items.Add(new GitHistoryItem(entry, full, commit));
        }
    }

    private bool CountNew(GitObjectId id)
    {
        if (_full || !_seen.Add(id))
            return false;
        if (_seen.Count > limits.MaxHistoryObjects)
        {
            _full = true;
            onIssue(ScanIssueKind.Limit, $"The history has more objects than the limit {nameof(ScanLimits.MaxHistoryObjects)} = {limits.MaxHistoryObjects}; the newest commits were not looked at.");
            return false;
        }

        return true;
    }

    private bool TryRead(GitObjectId id, out GitObject found)
    {
        found = default;
        try
        {
            if (store.TryRead(id, MaxMetadataLength) is { } read)
            {
                found = read;
                return true;
            }

            MissingObjects++;
        }
        catch (GitFormatException exception)
        {
            onIssue(exception.Kind, $"The object {id}: {exception.Message}");
        }

        return false;
    }
}
