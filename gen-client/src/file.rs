use bytes::Bytes;
use reqwest::multipart;

use crate::Error;

/// The largest file that goes along in a form; a larger one goes to GEN's storage (`upload_file`).
const FORM_FILE_MAX: usize = 50 * 1024 * 1024;

/// A file held in memory, to be sent in a form.
#[derive(Clone)]
pub struct File {
    /// As GEN shall show it.
    pub name: String,
    /// Such as `image/png`.
    pub content_type: String,
    /// At most 50 MiB.
    pub bytes: Bytes,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({:?}, {}, {} bytes)", self.name, self.content_type, self.bytes.len())
    }
}

/// One field of a form.
pub(crate) struct Part {
    name: String,
    value: PartValue,
}

enum PartValue {
    Text(String),
    File(File),
}

impl Part {
    pub fn text(name: impl Into<String>, text: impl ToString) -> Self {
        Self { name: name.into(), value: PartValue::Text(text.to_string()) }
    }

    pub fn file(name: impl Into<String>, file: &File) -> Self {
        Self { name: name.into(), value: PartValue::File(file.clone()) }
    }

    /// The field as people write it on a command line: `name=text`, or `name=@file`.
    pub fn shown(&self) -> String {
        match &self.value {
            PartValue::Text(text) => format!("{}={text}", self.name),
            PartValue::File(file) => format!("{}=@{}", self.name, file.name),
        }
    }
}

/// The form, made anew for each send. [`Error::Invalid`] if a file is too large or its type cannot be sent.
pub(crate) fn form(parts: &[Part]) -> Result<multipart::Form, Error> {
    parts.iter().try_fold(multipart::Form::new(), |form, part| match &part.value {
        PartValue::Text(text) => Ok(form.text(part.name.clone(), text.clone())),
        PartValue::File(file) => {
            if file.bytes.len() > FORM_FILE_MAX {
                return Err(Error::Invalid(
                    "A file of more than 50 MiB goes to GEN's storage instead.".into(),
                ));
            }
            let length = file.bytes.len() as u64;
            let sent = multipart::Part::stream_with_length(file.bytes.clone(), length)
                .file_name(file.name.clone())
                .mime_str(&file.content_type)
                .map_err(|_| Error::Invalid("This is not a file type that can be sent.".into()))?;
            Ok(form.part(part.name.clone(), sent))
        }
    })
}
