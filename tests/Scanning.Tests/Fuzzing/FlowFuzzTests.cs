#pragma warning disable CA5394, RS0030 // A fixed seed makes every run look at the same inputs.

using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SecurityToolchain.Scanning.Binaries.DotNet;
using SecurityToolchain.Scanning.Binaries.DotNet.Flow;

namespace SecurityToolchain.Scanning.Tests.Fuzzing;

/// <summary>Changes bytes of method bodies that are followed, and follows them: only what the metadata reader throws on bad tokens may come out.</summary>
public sealed class FlowFuzzTests
{
    [Fact]
    public void Look_MutatedBodies_NeverFail()
    {
        using var pe = new PEReader(new MemoryStream(File.ReadAllBytes(typeof(FlowFuzzTests).Assembly.Location)));
        MetadataReader metadata = pe.GetMetadataReader();
        (MethodDefinitionHandle Handle, byte[] Code)[] methods = [.. metadata.TypeDefinitions
            .Where(t => metadata.GetString(metadata.GetTypeDefinition(t).Name) is "IlFlowSamples" or "IlSamples")
            .SelectMany(t => metadata.GetTypeDefinition(t).GetMethods())
            .Where(m => metadata.GetMethodDefinition(m).RelativeVirtualAddress > 0)
            .Select(m => (m, pe.GetMethodBody(metadata.GetMethodDefinition(m).RelativeVirtualAddress).GetILBytes()!))];
        int found = 0;
        var names = new MemberNames(metadata);
        var rules = new IlFlowRules(metadata, names, static _ => "text", address => pe.GetMethodBody(address).GetILBytes(), (_, _, _) => found++);
        foreach ((MethodDefinitionHandle handle, byte[] code) in methods)
            rules.Look(handle, code);
        Assert.True(found > 20);
        var random = new Random(5);
        for (int i = 0; i < 60_000; i++)
        {
            (MethodDefinitionHandle handle, byte[] code) = methods[random.Next(methods.Length)];
            byte[] changed = [.. code];
            for (int n = random.Next(1, 6); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (random.Next(8) == 0)
                changed = changed[..random.Next(changed.Length + 1)];
            try
            {
                rules.Look(handle, changed);
            }
            catch (BadImageFormatException)
            {
                // A token behind the end of its table; the analyzer reports the assembly as malformed.
            }
        }
    }
}
