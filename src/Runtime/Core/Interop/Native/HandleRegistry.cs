using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Runtime.Interop.Native;

/// <summary>
/// Numbers that native code holds in the place of objects: bounded, never given out twice, and harmless when stale or invented. Thread safe.
/// </summary>
/// <typeparam name="T">Type of the objects.</typeparam>
public sealed class HandleRegistry<T>
    where T : class
{
    /// <summary>Handles by default: 1,024.</summary>
    public const int DefaultCapacity = 1024;

    private readonly Dictionary<long, T> _objects = [];
    private readonly Lock _change = new();
    private long _last;

    /// <summary>Creates an empty registry.</summary>
    /// <param name="capacity">Most handles at one time: 1 to 16,777,216. Default 1,024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public HandleRegistry(int capacity = DefaultCapacity)
    {
        if (capacity is < 1 or > 1 << 24)
            throw Error.OutOfRange(nameof(capacity), "The capacity of a handle registry", 1, 1 << 24, capacity);
        Capacity = capacity;
    }

    /// <summary>Most handles at one time.</summary>
    public int Capacity { get; }

    /// <summary>Handles now.</summary>
    public int Count
    {
        get
        {
            lock (_change)
                return _objects.Count;
        }
    }

    /// <summary>Adds an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="handle">A number greater than 0, or 0.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryAdd(T value, out long handle)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_change)
        {
            handle = _objects.Count < Capacity ? ++_last : 0;
            if (handle != 0)
                _objects.Add(handle, value);
            return handle != 0;
        }
    }

    /// <summary>Looks an object up.</summary>
    /// <param name="handle">Any number.</param>
    /// <param name="value">The object, or <see langword="null"/>.</param>
    public bool TryGet(long handle, [NotNullWhen(true)] out T? value)
    {
        lock (_change)
            return _objects.TryGetValue(handle, out value);
    }

    /// <summary>Removes an object. Its owner disposes it.</summary>
    /// <param name="handle">Any number.</param>
    /// <param name="value">The object, or <see langword="null"/>.</param>
    /// <returns>Whether it was here; a second call for the same number returns <see langword="false"/>.</returns>
    public bool TryRemove(long handle, [NotNullWhen(true)] out T? value)
    {
        lock (_change)
            return _objects.Remove(handle, out value);
    }
}
