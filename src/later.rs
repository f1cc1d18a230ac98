//! Code that a visit fetches only when it is first needed.
//!
//! A function declared by [`later!`] and everything only such functions use (code, tables, texts) is cut out of the
//! page's module by `cargo xtask build` and lies beside it as a second one. What the first visit shows stays in the
//! first. The cut follows the linker's own record of what refers to what; see docs/decisions/0011.
//!
//! Whoever calls such a function on the page asks [`browser::fetch`](../browser/fetch/index.html) for it before: until
//! it is there the call traps. Natively, and in tests, it is an ordinary function.

/// Declares the entry of code fetched later. Each has a number of its own, two hexadecimal digits: the linker refuses
/// one that is given twice.
///
/// Arguments and results are passed as Rust passes them, between two halves of one program that one compiler made.
macro_rules! later {
    ($number:literal, $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block) => {
        $(#[$meta])*
        $vis fn $name($($arg: $ty),*) $(-> $ret)? {
            #[cfg(target_arch = "wasm32")]
            #[expect(
                unsafe_code,
                improper_ctypes,
                improper_ctypes_definitions,
                reason = "the name is what the splitting tool finds the entry by; both sides of it are this function"
            )]
            {
                #[link(wasm_import_module = "__wasm_split_placeholder__")]
                unsafe extern "C" {
                    #[link_name = concat!("__wasm_split_00later00_import_000000000000000000000000000000", $number)]
                    safe fn entry($($arg: $ty),*) $(-> $ret)?;
                }
                #[unsafe(export_name = concat!("__wasm_split_00later00_export_000000000000000000000000000000", $number))]
                extern "C" fn body($($arg: $ty),*) $(-> $ret)? $body
                entry($($arg),*)
            }
            #[cfg(not(target_arch = "wasm32"))]
            $body
        }
    };
}

pub(crate) use later;

#[cfg(target_arch = "wasm32")]
static HERE: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Whether the later half may be called, on the page. (A worker is told by the order of its messages.)
pub fn is_here() -> bool {
    #[cfg(target_arch = "wasm32")]
    return HERE.load(std::sync::atomic::Ordering::Relaxed);
    #[cfg(not(target_arch = "wasm32"))]
    true
}

/// From now on the later half may be called.
pub fn arrived() {
    #[cfg(target_arch = "wasm32")]
    HERE.store(true, std::sync::atomic::Ordering::Relaxed);
}
