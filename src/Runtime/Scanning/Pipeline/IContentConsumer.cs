namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>Is fed with every block of one file in order, once. Belongs to one thread.</summary>
public interface IContentConsumer
{
    /// <summary>Takes the next block.</summary>
    /// <param name="block">The bytes; valid during the call only.</param>
    void Append(ReadOnlySpan<byte> block);
}
