namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>A node in which several meet, made when there is more than one.</summary>
internal sealed class OutlineHub(FlowOutline outline)
{
    private bool _isOwn;

    /// <summary>The node; 0 while nothing came in.</summary>
    public int Node { get; private set; }

    /// <summary>Lets one more in.</summary>
    public void Add(int node)
    {
        if (node == 0 || node == Node)
            return;
        if (Node == 0)
        {
            Node = node;
            return;
        }

        outline.Connect(node, Fixed());
    }

    /// <summary>The node, of its own from now on.</summary>
    public int Fixed()
    {
        if (_isOwn)
            return Node;
        int own = outline.Temporary(NodeContent.Everything);
        outline.Connect(Node, own);
        _isOwn = true;
        return Node = own;
    }
}
