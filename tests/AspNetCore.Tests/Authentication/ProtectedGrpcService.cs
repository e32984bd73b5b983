using Grpc.Core;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

/// <summary>A gRPC service written by hand, as the code generator would write it, with bytes for messages.</summary>
[BindServiceMethod(typeof(ProtectedGrpcService), nameof(BindService))]
public class ProtectedGrpcService
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    public static Method<byte[], byte[]> WriteMethod { get; } = new(MethodType.Unary, "test.Protected", nameof(Write), s_bytes, s_bytes);

    public static Method<byte[], byte[]> AdminMethod { get; } = new(MethodType.Unary, "test.Protected", nameof(Admin), s_bytes, s_bytes);

    public static Method<byte[], byte[]> CoreMethod { get; } = new(MethodType.Unary, "test.Protected", nameof(Core), s_bytes, s_bytes);

    public static void BindService(ServiceBinderBase binder, ProtectedGrpcService? service)
    {
        binder.AddMethod(WriteMethod, service is null ? null! : service.Write);
        binder.AddMethod(AdminMethod, service is null ? null! : service.Admin);
        binder.AddMethod(CoreMethod, service is null ? null! : service.Core);
    }

    [AuthorizePermission("write")]
    public virtual Task<byte[]> Write(byte[] request, ServerCallContext context) => Task.FromResult(request);

    [AuthorizePermission("admin")]
    public virtual Task<byte[]> Admin(byte[] request, ServerCallContext context) => Task.FromResult(request);

    [RequirePermission("admin")]
    public virtual Task<byte[]> Core(byte[] request, ServerCallContext context) => Task.FromResult(request);
}
