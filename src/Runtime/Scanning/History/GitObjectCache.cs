namespace SecurityToolchain.Scanning.History;

/// <summary>The objects that were made last, because the next delta mostly starts from one of them. Bounded in bytes; thread-safe.</summary>
internal sealed class GitObjectCache(long maxBytes)
{
    private readonly Dictionary<(int Pack, long Offset), LinkedListNode<(int Pack, long Offset, GitObject Value)>> _entries = [];
    private readonly LinkedList<(int Pack, long Offset, GitObject Value)> _order = [];
    private readonly Lock _gate = new();
    private long _bytes;

    public bool TryGet(int pack, long offset, out GitObject value)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((pack, offset), out LinkedListNode<(int Pack, long Offset, GitObject Value)>? node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                value = node.Value.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public void Add(int pack, long offset, GitObject value)
    {
        // A few large files must not push out everything else.
        if (value.Content.Length > maxBytes / 8)
            return;
        lock (_gate)
        {
            if (_entries.ContainsKey((pack, offset)))
                return;
            _entries.Add((pack, offset), _order.AddFirst((pack, offset, value)));
            _bytes += value.Content.Length;
            while (_bytes > maxBytes && _order.Last is { } last)
            {
                _order.RemoveLast();
                _entries.Remove((last.Value.Pack, last.Value.Offset));
                _bytes -= last.Value.Value.Content.Length;
            }
        }
    }
}
