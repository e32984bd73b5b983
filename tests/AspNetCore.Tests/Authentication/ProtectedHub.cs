using Microsoft.AspNetCore.SignalR;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

[RequirePermission("write")]
public sealed class ProtectedHub : Hub
{
    public string Write(string text) => text;

    [AuthorizePermission("admin")]
    public string Admin(string text) => text;

    [RequirePermission("admin")]
    public string Core(string text) => text;
}
