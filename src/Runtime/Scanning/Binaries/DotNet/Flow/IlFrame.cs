namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>Stack and locals at one place of a method. Hostile code may use more than there is; then values are variable and nothing grows without bound.</summary>
internal sealed class IlFrame
{
    private const int MaxDepth = 256, MaxLocals = 1024;

    private readonly List<IlValue> _stack;
    private readonly List<IlValue> _locals;

    public IlFrame()
        : this([], [])
    {
    }

    private IlFrame(List<IlValue> stack, List<IlValue> locals) => (_stack, _locals) = (stack, locals);

    public void Push(IlValue value)
    {
        if (_stack.Count < MaxDepth)
            _stack.Add(value);
    }

    public IlValue Pop()
    {
        if (_stack.Count == 0)
            return IlValue.Variable;
        IlValue value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    public IlValue Peek() => _stack.Count == 0 ? IlValue.Variable : _stack[^1];

    public void ClearStack() => _stack.Clear();

    public IlValue Local(int index) => index < _locals.Count ? _locals[index] : IlValue.Variable;

    public void SetLocal(int index, IlValue value)
    {
        if (index >= MaxLocals)
            return;
        while (_locals.Count <= index)
            _locals.Add(IlValue.Variable);
        _locals[index] = value;
    }

    public IlFrame Copy() => new([.. _stack], [.. _locals]);

    /// <summary>Takes in what is known when control may come from elsewhere too.</summary>
    public void Merge(IlFrame other)
    {
        int depth = Math.Min(_stack.Count, other._stack.Count);
        _stack.RemoveRange(depth, _stack.Count - depth);
        for (int i = 0; i < depth; i++)
            _stack[i] = IlValue.Merge(_stack[i], other._stack[i]);
        int locals = Math.Min(_locals.Count, other._locals.Count);
        for (int i = 0; i < locals; i++)
            _locals[i] = IlValue.Merge(_locals[i], other._locals[i]);
        // A local that one of the ways has not set yet holds what the other way set: the compiler would not let it be read otherwise.
        for (int i = locals; i < other._locals.Count; i++)
            _locals.Add(other._locals[i]);
    }
}
