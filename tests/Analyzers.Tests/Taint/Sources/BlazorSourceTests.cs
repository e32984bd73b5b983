namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Route and query parameters, forms and JavaScript interop of Blazor components.</summary>
public sealed class BlazorSourceTests
{
    [Fact]
    public Task Components_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        [Microsoft.AspNetCore.Components.Route("/p/{Name}")] public class P1 : Microsoft.AspNetCore.Components.ComponentBase {
          [Microsoft.AspNetCore.Components.Parameter] public string Name { get; set; } = "";
          [Microsoft.AspNetCore.Components.Parameter] public string Title { get; set; } = "";
          [Microsoft.AspNetCore.Components.Parameter, Microsoft.AspNetCore.Components.SupplyParameterFromQuery] public string Q { get; set; } = "";
          [Microsoft.AspNetCore.Components.SupplyParameterFromForm] public Dto? F { get; set; }
          [Microsoft.AspNetCore.Components.Inject] public Microsoft.JSInterop.IJSRuntime Js { get; set; } = null!;
          [Microsoft.AspNetCore.Components.Inject] public Microsoft.AspNetCore.Components.NavigationManager Nav { get; set; } = null!;
          protected override void OnInitialized() { File.Delete(Name); // finds STC1005
            File.Delete(Q); // finds STC1005
            File.Delete(F!.File); // finds STC1005
            File.Delete(Title);
            File.Delete(Nav.Uri); // finds STC1005
            File.Delete(new Uri(Nav.Uri).Query); // finds STC1005
            var q = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(Nav.Uri).Query); File.Delete(q["x"]); // finds STC1005
            }
          async Task J() { var v = await Microsoft.JSInterop.JSRuntimeExtensions.InvokeAsync<string>(Js, "prompt"); File.Delete(v); // finds STC1005
           var w = await Js.InvokeAsync<string>("prompt", new object[0]); File.Delete(w); } // finds STC1005
          [Microsoft.JSInterop.JSInvokable] public void FromJs(string s) { File.Delete(s); } // finds STC1005
          void Changed(Microsoft.AspNetCore.Components.ChangeEventArgs e) { File.Delete(e.Value!.ToString()); } // finds STC1005
          async Task Up(Microsoft.AspNetCore.Components.Forms.InputFileChangeEventArgs e) { using var fs = File.Create("/d/" + e.File.Name); await Task.Yield(); } // finds STC1005
          public class Dto { public string File { get; set; } = ""; }
        }
        """);
}
