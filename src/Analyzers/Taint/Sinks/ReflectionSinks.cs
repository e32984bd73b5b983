using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that find types and methods by name, or load code (CWE-470, CWE-114).</summary>
internal static class ReflectionSinks
{
    private const SinkKinds Library = SinkKinds.LibraryPath;

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.Reflection reference.
        .. Parameters(SinkKinds.TypeName, "System.Type", "typeName", "GetType"),
        .. Parameters(SinkKinds.TypeName, "System.Type", "name", "GetMethod", "InvokeMember", "GetMember"),
        .. Parameters(SinkKinds.TypeName, "System.Type", "progID", "GetTypeFromProgID"),
        .. Parameters(SinkKinds.TypeName, "System.Reflection.Assembly", "name", "GetType"),
        .. Parameters(SinkKinds.TypeName, "System.Reflection.Assembly", "typeName", "CreateInstance"),
        .. Parameters(SinkKinds.TypeName, "System.Activator", "typeName", "CreateInstance", "CreateInstanceFrom"),
        .. Parameters(SinkKinds.TypeName, "System.Reflection.RuntimeReflectionExtensions", "name", "GetRuntimeMethod"),
        .. Parameters(SinkKinds.TypeName, "System.AppDomain", "typeName", "CreateInstance", "CreateInstanceAndUnwrap", "CreateInstanceFrom", "CreateInstanceFromAndUnwrap"),

        // Libraries.
        .. Parameters(Library, "System.Reflection.Assembly", "assemblyString", "Load", "ReflectionOnlyLoad"),
        .. Parameters(Library, "System.Reflection.Assembly", "assemblyFile", "LoadFrom", "UnsafeLoadFrom", "ReflectionOnlyLoadFrom"),
        .. Parameters(Library, "System.Reflection.Assembly", "path", "LoadFile"),
        .. Parameters(Library, "System.Reflection.Assembly", "partialName", "LoadWithPartialName"),
        .. Parameters(Library, "System.Reflection.Assembly", "rawAssembly", "Load"),
        .. Parameters(Library, "System.Runtime.Loader.AssemblyLoadContext", "assemblyPath", "LoadFromAssemblyPath"),
        .. Parameters(Library, "System.Runtime.Loader.AssemblyLoadContext", "assembly", "LoadFromStream"),
        .. Parameters(Library, "System.Runtime.Loader.AssemblyLoadContext", "unmanagedDllPath", "LoadUnmanagedDllFromPath"),
        .. Parameters(Library, "System.Runtime.InteropServices.NativeLibrary", "libraryPath", "Load", "TryLoad"),
        .. Parameters(Library, "System.Runtime.InteropServices.NativeLibrary", "libraryName", "Load", "TryLoad"),
        .. Parameters(Library, "System.Activator", "assemblyName", "CreateInstance"),
        .. Parameters(Library, "System.Activator", "assemblyFile", "CreateInstanceFrom"),
        .. Parameters(Library, "System.AppDomain", "assemblyString", "Load"),
    ]);
}
